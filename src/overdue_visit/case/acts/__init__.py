"""What may be asked of a case: a file a practice; decisions may be refused, records only when malformed."""
