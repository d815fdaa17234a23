"""Between this machine and a server: which proxy, which authorities, what a key may hold, why nothing is reached."""
