"""What can be done to a case: verbs that compute a changeset."""
