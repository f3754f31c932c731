/**
 * Pages and search of the library: each video has a number that grows (a row's own may change in a
 * VACUUM), and its words are found by their beginnings. Triggers keep both, so that no writer can
 * forget them.
 */
export const library = `
CREATE TABLE video_numbers (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  video_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE video_words USING fts5 (words, prefix = '1 2 3');
CREATE INDEX videos_by_series ON videos (series, created_at);

INSERT INTO video_numbers (video_id) SELECT id FROM videos ORDER BY created_at, id;
INSERT INTO video_words (rowid, words)
  SELECT n.number, v.title || ' ' || v.series || ' ' || v.filename
  FROM video_numbers n JOIN videos v ON v.id = n.video_id;

CREATE TRIGGER video_numbered AFTER INSERT ON videos BEGIN
  INSERT INTO video_numbers (video_id) VALUES (NEW.id);
  INSERT INTO video_words (rowid, words)
    SELECT number, NEW.title || ' ' || NEW.series || ' ' || NEW.filename
    FROM video_numbers WHERE video_id = NEW.id;
END;
CREATE TRIGGER video_renamed AFTER UPDATE OF title, series ON videos BEGIN
  UPDATE video_words SET words = NEW.title || ' ' || NEW.series || ' ' || NEW.filename
  WHERE rowid = (SELECT number FROM video_numbers WHERE video_id = NEW.id);
END;
CREATE TRIGGER video_removed AFTER DELETE ON videos BEGIN
  DELETE FROM video_words
    WHERE rowid = (SELECT number FROM video_numbers WHERE video_id = OLD.id);
  DELETE FROM video_numbers WHERE video_id = OLD.id;
END;
`;
