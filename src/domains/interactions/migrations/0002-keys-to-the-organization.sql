-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table interactions drop constraint interactions_organization_id_fkey;
