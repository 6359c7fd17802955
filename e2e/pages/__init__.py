"""The page as its users name it: one object for each part of the screen."""
