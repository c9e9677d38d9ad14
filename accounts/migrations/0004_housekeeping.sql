-- One row: when some server last deleted what nobody needs any more. Whole seconds since 1970.
CREATE TABLE housekeeping (
    purged_at BIGINT NOT NULL
);

INSERT INTO housekeeping (purged_at) VALUES (0);
