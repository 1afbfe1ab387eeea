-- All of an organization share the version of its rights: whoever raises it holds its row until the end, so it is raised last.
drop trigger contacts_rights on contacts;
create constraint trigger contacts_rights after update of deleted_at on contacts deferrable initially deferred for each row execute function raise_rights_version();
