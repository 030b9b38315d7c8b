"""The feedback line: a worker writes, gets a receipt code, and reads the answer with it; officers see an inbox. No account, no address, no time."""
