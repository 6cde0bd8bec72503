"""What a merge says: the plan, conflicts, decisions; as sentences and as a file."""
