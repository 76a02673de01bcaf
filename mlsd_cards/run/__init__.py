"""What runs a session: keys to it, its effects to the store, replies back."""
