"""What all pages share: layout, language, headers, the first page and the health page."""
