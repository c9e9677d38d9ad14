-- Whether the plan was chosen in the sandbox, where nobody pays. It is taken back once tokens are real.
ALTER TABLE users ADD COLUMN unpaid BOOLEAN NOT NULL DEFAULT FALSE;
