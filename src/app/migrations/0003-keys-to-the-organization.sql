-- Every mutation writes them: a key to the organization's own row makes all who write in it lock it.
alter table events drop constraint events_organization_id_fkey;
alter table idempotency_keys drop constraint idempotency_keys_organization_id_fkey;
