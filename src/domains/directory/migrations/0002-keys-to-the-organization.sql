-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table department_closure drop constraint department_closure_organization_id_fkey;
alter table department_members drop constraint department_members_organization_id_fkey;
alter table admin_rights drop constraint admin_rights_organization_id_fkey;
