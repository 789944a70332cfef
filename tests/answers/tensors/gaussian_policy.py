# %% wrong="not_independent" fails="distribution" says="ten distributions over numbers"
# A Normal with a mean of (B, A) is thought to be B distributions.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Normal(self.net(obs), self.log_std.exp())

# %% wrong="whole_batch_one_event" fails="distribution" says="the whole batch was made one event"
# Independent is told to take the batch axis too.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 2)

# %% wrong="mean_only" fails="distribution log_std trainable" says="forward returned Tensor"
# forward returns the mean action, not a distribution.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return self.net(obs)

# %% wrong="log_std_a_tensor" fails="log_std trainable" says="log_std is a Tensor"
# A tensor with requires_grad=True is thought to be a parameter.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = torch.zeros(act_dim, requires_grad=True)

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% wrong="softplus" fails="log_std" says="the std is the softplus of log_std"
# softplus makes the parameter positive, where its exponential was asked for.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), nn.functional.softplus(self.log_std)), 1)

# %% wrong="hidden_not_passed_on" fails="trainable" says="`hidden` is not passed on"
# hidden is not handed to the network.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% wrong="tanh_on_the_mean" fails="distribution" says="there is a tanh after the last layer"
# The mean is squashed into -1 to 1.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(torch.tanh(self.net(obs)), self.log_std.exp()), 1)

# %% wrong="one_log_std_for_all" fails="log_std trainable" says="log_std has shape (1,)"
# One log-std serves all action dimensions.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(1))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% wrong="std_as_variance" fails="log_std" says="was used as the variance"
# exp(log_std) is put on the diagonal of the covariance.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return MultivariateNormal(self.net(obs), torch.diag(self.log_std.exp()))

# %% wrong="network_in_a_list" fails="distribution trainable" says="the network of the mean is not among the parameters"
# The network is kept in a plain list, which hides it.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = [MLP(obs_dim, act_dim, hidden)]
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net[0](obs), self.log_std.exp()), 1)

# %% wrong="log_std_detached" fails="trainable" says="no gradient reaches the parameter log_std"
# The std is detached.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.detach().exp()), 1)

# %% wrong="other_name" fails="log_std trainable" says="has no attribute log_std"
# The parameter has another name.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.logstd = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.logstd.exp()), 1)

# %% wrong="std_from_the_observation" fails="log_std trainable" says="log_std is a Linear"
# The log-std is made a function of the observation.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Linear(obs_dim, act_dim)

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std(obs).exp()), 1)

# %% wrong="centred_on_the_batch" fails="distribution" says="depends on what else is in the batch"
# The observations are centred by the mean of the batch they come in.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs - obs.mean(dim=0)), self.log_std.exp()), 1)

# %% wrong="no_activation" fails="distribution" says="the mean is a linear function of the observation"
# The network of the mean has no tanh between its layers.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        layers = []
        for width in hidden:
            layers += [nn.Linear(obs_dim, width)]
            obs_dim = width
        self.net = nn.Sequential(*layers, nn.Linear(obs_dim, act_dim))
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% wrong="relu" fails="distribution" says="ReLU stands between the layers"
# ReLU takes the place of tanh.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        layers = []
        for width in hidden:
            layers += [nn.Linear(obs_dim, width), nn.ReLU()]
            obs_dim = width
        self.net = nn.Sequential(*layers, nn.Linear(obs_dim, act_dim))
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% wrong="two_hidden_layers_only" fails="distribution"
# Two hidden layers are written into the code, as in the examples.
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        first, second = hidden
        self.net = nn.Sequential(
            nn.Linear(obs_dim, first), nn.Tanh(), nn.Linear(first, second), nn.Tanh(), nn.Linear(second, act_dim)
        )
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% right="own_network"
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        layers = []
        for width in hidden:
            layers += [nn.Linear(obs_dim, width), nn.Tanh()]
            obs_dim = width
        self.net = nn.Sequential(*layers, nn.Linear(obs_dim, act_dim))
        self.log_std = nn.Parameter(torch.full((act_dim,), -0.5))

    def forward(self, obs):
        return Independent(Normal(self.net(obs), self.log_std.exp()), 1)

# %% right="multivariate"
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return MultivariateNormal(self.net(obs), scale_tril=torch.diag_embed(self.log_std.exp()))

# %% right="by_diagonal_gaussian"
class GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.net = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return diagonal_gaussian(self.net(obs), self.log_std)

# %% right="is_an_mlp"
class GaussianPolicy(MLP):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__(obs_dim, act_dim, hidden)
        self.register_parameter("log_std", nn.Parameter(0.1 * torch.randn(act_dim)))

    def forward(self, obs):
        mean = super().forward(obs)
        return Independent(Normal(mean, torch.exp(self.log_std).expand_as(mean)), 1)
