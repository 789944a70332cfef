# %% wrong="detach_only" fails="unknown"
# detach() is taken for a copy; it shares the memory.
def detached_copy(t):
    return t.detach()

# %% wrong="clone_only" fails="unknown"
# clone() is thought to cut the graph as well.
def detached_copy(t):
    return t.clone()

# %% wrong="detach_in_place" fails="unknown"
# detach_() detaches the original itself.
def detached_copy(t):
    return t.detach_()

# %% wrong="still_requires_grad" fails="unknown"
# The copy of a trained tensor is thought to need its gradient.
def detached_copy(t):
    return t.detach().clone().requires_grad_(t.requires_grad)

# %% wrong="numpy_array" fails="unknown"
# The copy is made by way of NumPy and stays there.
def detached_copy(t):
    return t.detach().numpy().copy()

# %% wrong="deepcopy" fails="unknown"
# Python's deepcopy is thought to copy any tensor; it takes leaves only.
def detached_copy(t):
    return copy.deepcopy(t)

# %% wrong="through_a_list" fails="unknown"
# Through Python numbers: the dtype and the shape of an empty tensor get lost.
def detached_copy(t):
    return torch.tensor(t.tolist())

# %% right="clone_first"
def detached_copy(t):
    return t.clone().detach()

# %% right="under_no_grad"
def detached_copy(t):
    with torch.no_grad():
        return t.clone()

# %% right="filled"
def detached_copy(t):
    fresh = torch.empty(t.shape, dtype=t.dtype)
    fresh.copy_(t.data)
    return fresh

# %% right="new_tensor"
def detached_copy(t):
    return torch.tensor(t)
