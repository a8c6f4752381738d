-- People are also found by the beginning of their last name.
CREATE INDEX "users_last_name_idx" ON "users" ((lower("last_name") COLLATE "C"), "id");
