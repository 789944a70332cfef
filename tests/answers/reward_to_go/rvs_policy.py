# %% wrong="no_place_for_the_wish" fails="forward layers" says="the net takes obs_dim + 1 inputs"
# The first layer takes the observation only.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="no_activation" fails="layers" says="are a linear function of the input"
# Linear layers one after the other, nothing in between.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers.append(nn.Linear(width, next_width))
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="one_activation" fails="layers" says="hands its numbers on as they are"
# One activation in front of the last layer is thought to be enough.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers.append(nn.Linear(width, next_width))
            width = next_width
        layers += [nn.ReLU(), nn.Linear(width, n_actions)]
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="activation_behind_the_last" fails="layers" says="no activation belongs behind it"
# Every linear layer gets a ReLU, the last one too.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers += [nn.Linear(width, n_actions), nn.ReLU()]
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="softmax_as_logits" fails="layers" says="no softmax between it and logits"
# Probabilities are handed over as logits, so the softmax is taken twice.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=torch.softmax(self.net(inputs), dim=-1))


# %% wrong="softmax_over_the_batch" fails="forward" says="may depend on this row only"
# dim=0 is the axis of the rows.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(probs=torch.softmax(self.net(inputs), dim=0))


# %% wrong="raw_numbers_as_probs" fails="forward layers" says="the last layer's raw numbers are logits"
# The net's raw numbers are handed over as probabilities.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(probs=self.net(inputs))


# %% wrong="tensor_of_logits" fails="forward layers" says="but a Categorical is wanted"
# Forward gives the logits instead of a distribution.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return self.net(inputs)


# %% wrong="plain_list" fails="layers" says="layers in a plain Python list do not count"
# The layers sit in a plain list, where the module does not see them.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.layers = layers

    def forward(self, inputs):
        for layer in self.layers:
            inputs = layer(inputs)
        return Categorical(logits=inputs)


# %% wrong="hidden_layers_in_a_list" fails="layers" says="only the last layer is registered"
# Only the last layer is an attribute of its own.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        self.layers = layers
        self.last = nn.Linear(width, n_actions)

    def forward(self, inputs):
        for layer in self.layers:
            inputs = layer(inputs)
        return Categorical(logits=self.last(inputs))


# %% wrong="no_hidden_layers" fails="layers" says="the hidden layers are missing"
# One linear layer from the inputs to the actions.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        self.net = nn.Linear(obs_dim + 1, n_actions)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="same_width_everywhere" fails="layers" says="weights [(2, 16), (16, 4), (16, 16)]"
# The first width is used for all hidden layers.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in [hidden[0]] * len(hidden):
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% wrong="wish_zeroed" fails="forward" says="in the last column changed nothing"
# The last column is overwritten before the net sees it.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        inputs = inputs.clone()
        inputs[:, -1] = 0
        return Categorical(logits=self.net(inputs))


# %% wrong="no_graph" fails="forward" says="the probabilities carry no graph"
# Forward runs under no_grad, so nothing can be trained.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        with torch.no_grad():
            logits = self.net(inputs)
        return Categorical(logits=logits)


# %% wrong="always_two_hidden_layers" fails="layers"
# Two hidden layers, as in the visible checks, whatever `hidden` holds.
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(obs_dim + 1, hidden[0]),
            nn.ReLU(),
            nn.Linear(hidden[0], hidden[-1]),
            nn.ReLU(),
            nn.Linear(hidden[-1], n_actions),
        )

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% right="sequential"
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU()]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(logits=self.net(inputs))


# %% right="tanh_in_a_module_list"
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        self.head = nn.Linear((obs_dim + 1, *hidden)[-1], n_actions)
        self.body = nn.ModuleList(nn.Linear(a, b) for a, b in zip((obs_dim + 1, *hidden), hidden))

    def forward(self, inputs):
        for layer in self.body:
            inputs = torch.tanh(layer(inputs))
        return Categorical(logits=self.head(inputs))


# %% right="probabilities"
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        layers = []
        width = obs_dim + 1
        for next_width in hidden:
            layers += [nn.Linear(width, next_width), nn.ReLU(inplace=True)]
            width = next_width
        layers.append(nn.Linear(width, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, inputs):
        return Categorical(probs=self.net(inputs).softmax(-1))


# %% right="from_both_ends"
class RvSPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(128, 128)):
        super().__init__()
        sizes = [obs_dim + 1] + list(hidden) + [n_actions]
        self.net = nn.Sequential()
        for i in range(len(sizes) - 1):
            self.net.add_module(f"linear{i}", nn.Linear(sizes[i], sizes[i + 1]))
            if i < len(sizes) - 2:
                self.net.add_module(f"elu{i}", nn.ELU())

    def forward(self, inputs):
        return Categorical(logits=torch.log_softmax(self.net(inputs), dim=1))
