-- Whether a body was made from HTML: own text, as the author typed it, beats a rendering of it whatever the ages of the copies.

ALTER TABLE posts ADD COLUMN is_rendering INTEGER NOT NULL DEFAULT 0 CHECK (is_rendering IN (0, 1));
