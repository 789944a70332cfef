# %% wrong="still_a_list" fails="registered function" says="still in a plain list"
# The wrong line is looked for elsewhere, and the plain list stays.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = list(nn.Linear(width, width) for _ in range(depth))
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)

# %% wrong="no_residual" fails="function" says="the blocks replace the hidden vector"
# The blocks replace the hidden vector instead of adding to it.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = torch.tanh(block(hidden))
        return self.decode(hidden)

# %% wrong="no_tanh" fails="function" says="the blocks add without their tanh"
# The tanh around each block gets lost.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + block(hidden)
        return self.decode(hidden)

# %% wrong="one_layer_repeated" fails="registered" says="one and the same layer"
# [layer] * depth repeats one and the same layer.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width)] * depth)
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)

# %% wrong="one_block" fails="registered function" says="there is only one block"
# The list is replaced by a single layer.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.Linear(width, width)
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        hidden = hidden + torch.tanh(self.blocks(hidden))
        return self.decode(hidden)

# %% wrong="depth_not_used" fails="registered function" says="there are three blocks, but depth is 5"
# Three blocks are made, whatever depth says.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(3)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)

# %% wrong="sequence_added_once" fails="function" says="applied one after the other first"
# nn.Sequential runs through all blocks before anything is added.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.Sequential(*[nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        hidden = hidden + torch.tanh(self.blocks(hidden))
        return self.decode(hidden)

# %% wrong="blocks_not_used" fails="registered function" says="the blocks are not used"
# The blocks are registered, and forward forgets them.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        return self.decode(hidden)

# %% wrong="tanh_at_the_end" fails="function" says="a tanh after the last layer"
# A tanh is put after the last layer.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return torch.tanh(self.decode(hidden))

# %% wrong="first_two_blocks" fails="registered"
# forward uses as many blocks as the example has.
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks[:2]:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)

# %% right="module_list"
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)

# %% right="inherits"
class FixedMLP(BrokenMLP):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__(in_dim, out_dim, width, depth)
        self.blocks = nn.ModuleList(self.blocks)

# %% right="registered_by_name"
class FixedMLP(BrokenMLP):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__(in_dim, out_dim, width, depth)
        for i, block in enumerate(self.blocks):
            self.add_module(f"block{i}", block)

# %% right="sequential_as_a_container"
class FixedMLP(nn.Module):
    def __init__(self, in_dim, out_dim, width=16, depth=3):
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.Sequential(*(nn.Linear(width, width) for _ in range(depth)))
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x):
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)
