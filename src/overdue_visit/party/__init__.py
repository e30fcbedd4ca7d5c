"""Who is involved: actors, the household and its budget, contacts with a party."""
