"""The demonstration organisation: the company as its system describes it, with invented people.

    organisation.py  regions, departments, projects with their teams     posts.py    coordinators, staff, liaisons
    trades.py        what kinds of team there are, crews and trades      reports.py  twelve months of reports
    folk.py          names, native places, ID numbers, phones, cards     imports.py  earlier imports and the audit trail
    roster.py        workers and their engagements                       accounts.py who may sign in to the demonstration

Everything is counted back from the day of seeding, and the same day gives the same company.
"""
