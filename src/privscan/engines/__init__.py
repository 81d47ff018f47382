"""Engines: what spreads the parts of a plan over processes or machines, one file each.

An engine has `observed(plan, tasks, workers, address)`, which yields tasks with their evidence in
any order: the sum is the same whoever worked, and how many. The plan comes without its parts.
"""
