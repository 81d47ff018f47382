"""What bytes are: structures of pictures, biometric records, sound and genomes, one file a family."""
