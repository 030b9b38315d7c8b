"""What people read: findings, charts, HTML, PDF, Word, open data."""
