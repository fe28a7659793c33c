"""The numbered reports of unit heads: what they hold, whom they name, who may read them."""
