"""What the circulars make of one person and day, before any rota: whom they meet, and which gives way."""
