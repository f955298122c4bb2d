// The room is filled by the files beside this one.
