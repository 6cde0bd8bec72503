"""What people and judges say about pairs of tasks: asking, answers, agreement."""
