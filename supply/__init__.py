"""What the program is made of and where it comes from: parts, licences, known faults, equal builds, no outside call."""
