-- One row that is written to find out whether anything can be.
CREATE TABLE health (
    written_at BIGINT NOT NULL
);

INSERT INTO health (written_at) VALUES (0);
