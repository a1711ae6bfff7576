"""What workers find behind the QR code of a board: who looks after them here, and whom to call. No sign-in, and no trace."""
