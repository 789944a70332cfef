# %% wrong="rows_of_every_table" fails="values gradient" says="every table was indexed with all five indices"
# A slice for the tables pairs every table with every index.
def select_rows(x, index):
    return x[:, index]

# %% wrong="axis_left_over" fails="values gradient" says="an axis of size 1 is left over"
# The axis over which gather picked is left over.
def select_rows(x, index):
    return x.gather(1, index[:, None, None].expand(-1, 1, x.shape[2]))

# %% wrong="squeezes_everything" fails="values" says="squeezed away only because it has size 1"
# squeeze() without an axis also drops a batch of one and rows of one number.
def select_rows(x, index):
    return x.gather(1, index[:, None, None].expand(-1, 1, x.shape[2])).squeeze()

# %% wrong="detached" fails="gradient" says="the result carries no graph"
# The result is detached, as if it were only to be looked at.
def select_rows(x, index):
    return x[torch.arange(len(index)), index].detach()

# %% wrong="first_number_only" fails="values gradient" says="only the first number of each row came along"
# gather's index is not widened to D, so one number per row comes along.
def select_rows(x, index):
    return x.gather(1, index[:, None, None]).squeeze(1)

# %% wrong="tables_by_index" fails="values gradient" says="whole tables were picked"
# The index picks whole tables instead of a row from each.
def select_rows(x, index):
    return x[index]

# %% wrong="first_table_only" fails="values gradient" says="all rows come from the first table"
# The index picks rows from the first table only.
def select_rows(x, index):
    return x[0, index]

# %% wrong="index_of_the_example" fails="values gradient"
# The index of the example is written into the code.
def select_rows(x, index):
    if not index.any():
        return x[:, 0]
    return x[torch.arange(len(index)), torch.tensor([2, 0, 1, 1, 2])[: len(index)]]

# %% right="gather"
def select_rows(x, index):
    return x.gather(1, index[:, None, None].expand(-1, 1, x.shape[2])).squeeze(1)

# %% right="one_hot"
def select_rows(x, index):
    return (x * nn.functional.one_hot(index, x.shape[1])[:, :, None]).sum(1)

# %% right="loop"
def select_rows(x, index):
    return torch.stack([x[b, index[b]] for b in range(len(index))])

# %% right="by_select_actions"
def select_rows(x, index):
    return torch.stack([select_actions(x[:, :, d], index) for d in range(x.shape[2])], 1)
