# %% wrong="columns_of_every_row" fails="values gradient" says="every row was indexed with all four actions"
# A slice for the rows pairs every row with every action.
def select_actions(values, actions):
    return values[:, actions]

# %% wrong="column_left_over" fails="values gradient" says="the column of gather is still there"
# gather's result is a column, and its axis of size 1 is left over.
def select_actions(values, actions):
    return values.gather(1, actions[:, None])

# %% wrong="squeezes_everything" fails="values" says="squeeze only the axis you mean"
# squeeze() without an axis also drops the batch of one.
def select_actions(values, actions):
    return values.gather(1, actions[:, None]).squeeze()

# %% wrong="largest_value" fails="values gradient" says="got the largest value of each row"
# The value of the greedy action is taken, whatever action was taken.
def select_actions(values, actions):
    return values.max(dim=1).values

# %% wrong="rebuilt_from_numbers" fails="gradient" says="the result carries no graph"
# The result is put together from Python numbers, which carry no graph.
def select_actions(values, actions):
    return torch.tensor([values[b, actions[b]].item() for b in range(len(actions))], dtype=values.dtype)

# %% wrong="rows_by_action" fails="values gradient" says="whole rows were picked"
# The actions index the rows.
def select_actions(values, actions):
    return values[actions]

# %% wrong="first_row_only" fails="values gradient" says="all entries come from the first row"
# The actions index the first row only, for the whole batch.
def select_actions(values, actions):
    return values[0, actions]

# %% wrong="counts_from_one" fails="values gradient" says="actions count from 0"
# Actions are thought to be numbered from 1.
def select_actions(values, actions):
    return values[torch.arange(len(actions)), actions - 1]

# %% wrong="actions_of_the_example" fails="values gradient"
# The actions of the example are written into the code.
def select_actions(values, actions):
    return values[torch.arange(len(actions)), torch.tensor([2, 0, 1, 2])[: len(actions)]]

# %% right="gather"
def select_actions(values, actions):
    return values.gather(1, actions.unsqueeze(1)).squeeze(1)

# %% right="one_hot"
def select_actions(values, actions):
    return (values * nn.functional.one_hot(actions, values.shape[1])).sum(1)

# %% right="loop"
def select_actions(values, actions):
    return torch.stack([values[b, actions[b]] for b in range(len(actions))])

# %% right="diagonal"
def select_actions(values, actions):
    return values[:, actions].diagonal()
