# %% wrong="detach_only" fails="memory" says="they share their memory"
# detach() is taken for a copy; it shares the memory.
def detached_copy(t):
    return t.detach()

# %% wrong="clone_only" fails="graph" says="gradients flow back through it"
# clone() is thought to cut the graph as well.
def detached_copy(t):
    return t.clone()

# %% wrong="detach_in_place" fails="graph memory" says="the original lost its requires_grad"
# detach_() detaches the original itself.
def detached_copy(t):
    return t.detach_()

# %% wrong="still_requires_grad" fails="graph" says="the copy of a computed tensor requires a gradient"
# The copy of a trained tensor is thought to need its gradient.
def detached_copy(t):
    return t.detach().clone().requires_grad_(t.requires_grad)

# %% wrong="numpy_array" fails="graph memory" says="returned ndarray, but should return a tensor"
# The copy is made by way of NumPy and stays there.
def detached_copy(t):
    return t.detach().numpy().copy()

# %% wrong="deepcopy" fails="graph memory" says="support the deepcopy protocol"
# Python's deepcopy is thought to copy any tensor; it takes leaves only.
def detached_copy(t):
    return copy.deepcopy(t)

# %% wrong="through_a_list" fails="graph"
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
