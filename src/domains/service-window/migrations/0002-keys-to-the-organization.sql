-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table service_windows drop constraint service_windows_organization_id_fkey;
alter table window_members drop constraint window_members_organization_id_fkey;
