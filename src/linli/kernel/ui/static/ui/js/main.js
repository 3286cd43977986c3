// Starts every behaviour of the page; each module looks for its own data attributes.
