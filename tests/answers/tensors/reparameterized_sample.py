# %% wrong="no_exponential" fails="values gradient" says="without its exponential"
# log_std is used as the std itself.
def reparameterized_sample(mean, log_std, noise):
    return mean + log_std * noise

# %% wrong="own_noise" fails="values gradient" says="it draws noise of its own"
# rsample draws noise of its own, and the given one is not used.
def reparameterized_sample(mean, log_std, noise):
    return Normal(mean.expand(noise.shape), log_std.exp()).rsample()

# %% wrong="without_a_graph" fails="gradient" says="the sample carries no graph"
# A sample is thought to be data, which needs no graph.
def reparameterized_sample(mean, log_std, noise):
    with torch.no_grad():
        return mean + log_std.exp() * noise

# %% wrong="scaled_by_the_variance" fails="values gradient" says="scaled by the variance, not by the std"
# The noise is scaled by the variance.
def reparameterized_sample(mean, log_std, noise):
    return mean + (2 * log_std).exp() * noise

# %% wrong="log_variance" fails="values gradient" says="taken for a log-variance"
# log_std is taken for the logarithm of the variance.
def reparameterized_sample(mean, log_std, noise):
    return mean + torch.exp(0.5 * log_std) * noise

# %% wrong="log_std_detached" fails="gradient" says="the gradient does not reach log_std"
# The std is detached.
def reparameterized_sample(mean, log_std, noise):
    return mean + log_std.detach().exp() * noise

# %% wrong="mean_detached" fails="gradient" says="the gradient does not reach mean"
# The mean is detached.
def reparameterized_sample(mean, log_std, noise):
    return mean.detach() + log_std.exp() * noise

# %% wrong="noise_not_scaled" fails="values gradient" says="the std was added to the noise"
# The std is added to the noise instead of multiplied with it.
def reparameterized_sample(mean, log_std, noise):
    return mean + log_std.exp() + noise

# %% wrong="noise_in_place" fails="values gradient" says="changed the noise it was given"
# *= works on the caller's own noise.
def reparameterized_sample(mean, log_std, noise):
    noise *= log_std.exp()
    return mean + noise

# %% wrong="matrix_of_stds" fails="values"
# A matrix with the stds on its diagonal works for log-stds of shape (A,), as in the examples, only.
def reparameterized_sample(mean, log_std, noise):
    return mean + noise @ torch.diag(log_std.exp())

# %% right="noise_first"
def reparameterized_sample(mean, log_std, noise):
    return torch.exp(log_std) * noise + mean

# %% right="addcmul"
def reparameterized_sample(mean, log_std, noise):
    return torch.addcmul(mean, log_std.exp(), noise)

# %% right="division"
def reparameterized_sample(mean, log_std, noise):
    precision = torch.exp(-log_std)
    return mean + noise / precision
