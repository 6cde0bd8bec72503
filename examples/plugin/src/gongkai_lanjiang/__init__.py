"""What the city of 澜江 adds to gongkai."""
