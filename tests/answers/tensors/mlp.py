# %% wrong="plain_list" fails="registered activations" says="there are no parameters at all"
# Layers in a plain Python list are thought to be registered.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="hidden_layers_in_a_list" fails="registered activations" says="only the last layer is registered"
# The last layer is an attribute, the hidden ones live in a plain list.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        self.body = []
        for width in hidden:
            self.body += [nn.Linear(in_dim, width), activation()]
            in_dim = width
        self.last = nn.Linear(in_dim, out_dim)

    def forward(self, x):
        for module in self.body:
            x = module(x)
        return self.last(x)

# %% wrong="activation_after_the_last" fails="activations" says="also after the last layer"
# The activation follows every layer, the last one too.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.activation(self.layers[-1](x))

# %% wrong="no_activation" fails="activations" says="there is no activation"
# The layers are chained without a bend between them.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x)
        return self.layers[-1](x)

# %% wrong="tanh_written_in" fails="activations" says="the given activation is never used"
# Tanh is used whatever activation is asked for.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = nn.Tanh()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="first_activation_only" fails="activations" says="some hidden layers have none"
# The activation follows the first layer only.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        if hidden:
            layers.insert(1, activation())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

# %% wrong="hidden_not_used" fails="registered activations" says="the argument `hidden` is not used"
# The widths of the default are written into the code.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, 32, 32, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="first_width_only" fails="registered activations" says="only the first hidden width was used"
# Only the first hidden width is used.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden[:1], out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="no_bias" fails="registered activations" says="have no biases"
# The linear layers are made without a bias.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b, bias=False) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="flattens_the_batch" fails="shape" says="the leading axes were merged into one"
# The leading axes are merged into one and not put back.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        x = x.reshape(-1, x.shape[-1])
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% wrong="no_return" fails="shape registered activations" says="returned NoneType"
# forward ends without a return.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        x = self.layers[-1](x)

# %% wrong="needs_a_hidden_layer" fails="shape registered activations" says="tuple index out of range"
# The first hidden width is asked for, even where there is none.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        layers = [nn.Linear(in_dim, hidden[0]), activation()]
        for a, b in zip(hidden, hidden[1:]):
            layers += [nn.Linear(a, b), activation()]
        self.net = nn.Sequential(*layers, nn.Linear(hidden[-1], out_dim))

    def forward(self, x):
        return self.net(x)

# %% wrong="tuples_only" fails="shape registered"
# hidden is added to a tuple, which works for the tuples of the examples and not for a list.
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = (in_dim,) + hidden + (out_dim,)
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% right="module_list"
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        sizes = [in_dim, *hidden, out_dim]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activation = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)

# %% right="body_and_head"
class MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        self.head = nn.Linear(hidden[-1] if len(hidden) else in_dim, out_dim)
        self.body = nn.Sequential()
        for width in hidden:
            self.body.append(nn.Linear(in_dim, width))
            self.body.append(activation())
            in_dim = width

    def forward(self, x):
        return self.head(self.body(x))

# %% right="is_a_sequential"
class MLP(nn.Sequential):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        layers = []
        for width in hidden:
            layers += [nn.Linear(in_dim, width), activation()]
            in_dim = width
        super().__init__(*layers, nn.Linear(in_dim, out_dim))
