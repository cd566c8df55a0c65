"""The versions of the rules that an index was made by: an update makes anew what was made by others.

They stand apart from the rules, so that an index can be found up to date without loading them.
"""

# To be raised with every change of what is kept of an article, and of its title, publisher and day.
CLEANER_VERSION = 6

# To be raised with every change of where sentences and passages end.
CHUNKER_VERSION = 1

# To be raised with every change of what is a copy, of the sketches or of rensa's hashes: all articles are then compared
# anew.
COPIES_VERSION = 3
