"""A verb a file: parse, open, call, print."""
