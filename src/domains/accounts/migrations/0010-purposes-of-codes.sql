-- What a code is for, as a keyed hash: whoever redeems one ends those of its purpose, and those that were asked for something else stay good.
-- Codes that servers of the version before keep have none, and end by themselves.
alter table identity.asked_codes add purpose bytea check (length(purpose) = 32);
