"""What a way of scheduling costs and gives, tried on made-up memories; pure, with numpy."""
