"""Pure reading of texts and files for what may not be public; knows no database and no record."""
