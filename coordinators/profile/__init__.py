"""What the public is told about somebody in post (mobile, photo, duties), and whether he agreed to that."""
