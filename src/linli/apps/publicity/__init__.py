"""Publicity: public notices with their objections and the report that closes them."""
