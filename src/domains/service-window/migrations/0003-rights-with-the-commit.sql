-- All of an organization share the version of its rights: whoever raises it holds its row until the end, so it is raised last.
drop trigger service_windows_rights on service_windows;
create constraint trigger service_windows_rights after insert or update or delete on service_windows deferrable initially deferred for each row execute function raise_rights_version();
drop trigger window_members_rights on window_members;
create constraint trigger window_members_rights after insert or update or delete on window_members deferrable initially deferred for each row execute function raise_rights_version();
