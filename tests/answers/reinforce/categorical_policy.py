# %% wrong="softmax_over_batch" fails="forward" says="was a softmax taken over dim=0"
# dim=0 looks like the right axis for one vector of logits, but in a batch it is the axis of the observations.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        probs = torch.softmax(self.net(obs), dim=0)
        return Categorical(probs=probs)

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="softmax_twice" fails="forward" says="squashes them before Categorical"
# A softmax's output goes in as logits, so that the softmax is taken twice.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=torch.softmax(self.net(obs), dim=-1))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="relu_after_last" fails="forward" says="no ReLU after the last linear layer"
# Every linear layer gets its ReLU, the last one too.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="no_activation" fails="forward" says="linear function of the observation"
# Linear layers alone are stacked: a deep network that is one matrix.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="plain_list" fails="forward" says="kept in a plain Python list"
# A Python list of layers works in forward, but hides their parameters from the optimizer.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.layers = layers

    def forward(self, obs):
        for layer in self.layers:
            obs = layer(obs)
        return Categorical(logits=obs)

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="hidden_ignored" fails="forward" says="should give weight matrices of sizes"
# The example's 32 units are typed in, and `hidden` is never looked at.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in (32,):
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="returns_probabilities" fails="forward act" says="forward returned a Tensor"
# forward hands out the table of probabilities instead of the distribution.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return torch.softmax(self.net(obs), dim=-1)

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = Categorical(self.forward(obs))
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="argmax" fails="act" says="do not take the argmax"
# Acting means taking the best action, as if this were the examination.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.probs.argmax()
        return action.item(), dist.log_prob(action)

# %% wrong="sampled_twice" fails="act" says="was a second action sampled for it?"
# The log-probability belongs to another throw of the dice than the action.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(dist.sample())

# %% wrong="probability" fails="act" says="itself, not its logarithm"
# The probability of the action is taken for its log-probability.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.probs[action]

# %% wrong="no_grad" fails="act" says="has no graph"
# Acting looks like inference, and inference is done under no_grad.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        with torch.no_grad():
            dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="batch_of_one" fails="act" says="but should have shape ()"
# The batch axis that was added for forward is never taken away again.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs.unsqueeze(0))
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="dtype_kept" fails="act" says="make it float32"
# from_numpy keeps float64, which the float32 weights do not take.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.from_numpy(obs)
        dist = self.forward(obs)
        action = dist.sample()
        return action.item(), dist.log_prob(action)

# %% wrong="numpy_dice" fails="act" says="gave other actions: the dice"
# NumPy's generator throws the dice, which torch.manual_seed does not control.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        size = obs_dim
        for width in hidden:
            layers.append(nn.Linear(size, width))
            layers.append(nn.ReLU())
            size = width
        layers.append(nn.Linear(size, n_actions))
        self.net = nn.Sequential(*layers)

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        obs = torch.as_tensor(obs, dtype=torch.float32)
        dist = self.forward(obs)
        p = dist.probs.detach().numpy().astype(np.float64)
        action = torch.tensor(np.random.choice(len(p), p=p / p.sum()))
        return action.item(), dist.log_prob(action)

# %% wrong="at_most_two_layers" fails="forward"
# The checks above had one or two hidden layers, so only these two cases are written out.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        if len(hidden) == 1:
            self.net = nn.Sequential(nn.Linear(obs_dim, hidden[0]), nn.ReLU(), nn.Linear(hidden[0], n_actions))
        else:
            self.net = nn.Sequential(
                nn.Linear(obs_dim, hidden[0]),
                nn.ReLU(),
                nn.Linear(hidden[0], hidden[1]),
                nn.ReLU(),
                nn.Linear(hidden[1], n_actions),
            )

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        dist = self(torch.tensor(obs, dtype=torch.float32))
        action = dist.sample()
        return int(action), dist.log_prob(action)

# %% right="module_list"
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        sizes = [obs_dim, *hidden, n_actions]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, obs):
        for layer in self.layers[:-1]:
            obs = torch.relu(layer(obs))
        return Categorical(logits=self.layers[-1](obs))

    def act(self, obs):
        dist = self(torch.from_numpy(obs).float().unsqueeze(0))
        action = dist.sample()
        return action.item(), dist.log_prob(action).squeeze(0)

# %% right="probabilities_and_tanh"
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        self.body = nn.Sequential()
        for i, width in enumerate(hidden):
            self.body.add_module(f"linear{i}", nn.Linear(obs_dim, width))
            self.body.add_module(f"tanh{i}", nn.Tanh())
            obs_dim = width
        self.head = nn.Linear(obs_dim, n_actions)

    def forward(self, obs):
        return Categorical(probs=self.head(self.body(obs)).softmax(dim=-1))

    def act(self, obs):
        dist = self(torch.tensor(np.array(obs), dtype=torch.float32))
        action = dist.sample()
        return int(action), torch.log(dist.probs[action])

# %% right="inverse_cdf"
# One uniform number, looked up among the running sums of the probabilities.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = [nn.Linear(obs_dim, hidden[0]), nn.ReLU()]
        for before, after in pairwise(hidden):
            layers += [nn.Linear(before, after), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Linear(hidden[-1], n_actions))

    def forward(self, obs):
        return Categorical(logits=torch.log_softmax(self.net(obs), dim=-1))

    def act(self, obs):
        log_probs = self(torch.as_tensor(np.asarray(obs, dtype=np.float32))[None]).logits[0]
        bounds = log_probs.exp().cumsum(dim=0)
        action = int((torch.rand(()) > bounds[:-1]).sum())
        return action, log_probs[action]

# %% right="gumbel"
# The largest of logit plus Gumbel noise is a sample; and the last layer starts small.
class CategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        sizes = (obs_dim,) + tuple(hidden)
        blocks = [nn.Sequential(nn.Linear(m, n), nn.ReLU()) for m, n in zip(sizes, sizes[1:])]
        self.model = nn.Sequential(*blocks, nn.Linear(sizes[-1], n_actions))
        nn.init.orthogonal_(self.model[-1].weight, gain=0.01)
        nn.init.zeros_(self.model[-1].bias)

    def forward(self, obs):
        logits = self.model(obs)
        return Categorical(logits=logits)

    def act(self, obs):
        logits = self.model(torch.tensor(obs.astype(np.float32)))
        noise = -torch.log(-torch.log(torch.rand(logits.shape)))
        action = torch.argmax(logits + noise).item()
        return action, torch.log_softmax(logits, dim=0)[action]
