"""Organizations: social, departments, enterprises, teams."""
