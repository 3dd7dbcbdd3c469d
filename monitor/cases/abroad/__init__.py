"""What is done abroad for a case: contacts, undertakings, exclusions, rights defended together."""
