# %% wrong="squares_first" fails="tiny_std" says="the square of std underflowed to 0"
# The exponent is written out as (x - mean)² / (2 std²), which is 0 / 0 for a tiny std.
def gaussian_log_prob(x, mean, std):
    return (-((x - mean) ** 2) / (2 * std**2) - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="log_of_the_variance" fails="tiny_std" says="a logarithm of 0"
# ln std is taken as half the logarithm of std², which underflows.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - 0.5 * torch.log(std**2) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="two_pi_missing" fails="values shape tiny_std" says="the term with ln(2 pi) is missing"
# The constant is left out, since it has no gradient.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std)).sum(dim=-1)

# %% wrong="log_std_missing" fails="values shape tiny_std" says="the term with ln(std) is missing"
# The term ln std is left out, as if std were a constant.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="not_summed" fails="values shape tiny_std" says="one number per entry, not per vector"
# One log-density for each entry is returned.
def gaussian_log_prob(x, mean, std):
    return -0.5 * ((x - mean) / std) ** 2 - torch.log(std) - 0.5 * math.log(2 * math.pi)

# %% wrong="averaged" fails="values shape tiny_std" says="averaged over the last axis"
# The mean over the entries is taken where their sum belongs.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).mean(dim=-1)

# %% wrong="summed_over_all" fails="values shape" says="summed over all axes"
# sum() without an axis adds up the batch as well.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum()

# %% wrong="summed_over_the_batch" fails="values shape" says="summed over the batch, axis 0"
# The sum runs over axis 0.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=0)

# %% wrong="negated" fails="values shape tiny_std" says="the sign is wrong"
# The negative log-likelihood is returned.
def gaussian_log_prob(x, mean, std):
    return (0.5 * ((x - mean) / std) ** 2 + torch.log(std) + 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="std_as_variance" fails="values shape tiny_std" says="as if it were the variance"
# std is put where the variance belongs.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * (x - mean) ** 2 / std - 0.5 * torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="half_of_the_square_missing" fails="values shape tiny_std" says="the factor 1/2 of the square is missing"
# The factor 1/2 of the square is forgotten.
def gaussian_log_prob(x, mean, std):
    return (-(((x - mean) / std) ** 2) - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="half_of_two_pi_missing" fails="values shape tiny_std" says="ln(2 pi) lacks its factor 1/2"
# The factor 1/2 is applied to the square only.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std) - math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="log_std_added" fails="values shape tiny_std" says="ln(std) has the wrong sign"
# ln std has the wrong sign.
def gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 + torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="log_std_counted_once" fails="shape" says="ln(std) was counted once"
# ln std is summed before it is broadcast: a std of shape () counts once.
def gaussian_log_prob(x, mean, std):
    z = (x - mean) / std
    log_std = torch.log(std).sum(dim=-1) if std.dim() else torch.log(std)
    return (-0.5 * z**2 - 0.5 * math.log(2 * math.pi)).sum(dim=-1) - log_std

# %% wrong="small_number_added" fails="tiny_std" says="was a small number added to std"
# 1e-8 is added to std against division by zero.
def gaussian_log_prob(x, mean, std):
    std = std + 1e-8
    z = (x - mean) / std
    return (-0.5 * z**2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="density" fails="values shape tiny_std" says="this is the density"
# The density is returned, not its logarithm.
def gaussian_log_prob(x, mean, std):
    z = (x - mean) / std
    return (torch.exp(-0.5 * z**2) / (std * math.sqrt(2 * math.pi))).prod(dim=-1)

# %% wrong="log_of_the_density" fails="tiny_std" says="the density underflows there"
# The density is computed first and its logarithm taken afterwards.
def gaussian_log_prob(x, mean, std):
    density = torch.exp(-0.5 * ((x - mean) / std) ** 2) / (std * math.sqrt(2 * math.pi))
    return torch.log(density).sum(dim=-1)

# %% wrong="in_place" fails="values shape tiny_std" says="changed its inputs"
# -= and /= work on the caller's own tensor.
def gaussian_log_prob(x, mean, std):
    x -= mean
    x /= std
    return (-0.5 * x**2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)

# %% wrong="one_batch_axis_only" fails="values shape"
# Written for a vector and for a batch of vectors, as in the examples; a second batch axis is not thought of.
def gaussian_log_prob(x, mean, std):
    z = (x - mean) / std
    terms = -0.5 * z**2 - torch.log(std) - 0.5 * math.log(2 * math.pi)
    return terms.sum() if terms.dim() == 1 else terms.sum(dim=1)

# %% right="half_outside"
def gaussian_log_prob(x, mean, std):
    return (-0.5 * (((x - mean) / std).square() + 2 * torch.log(std) + np.log(2 * np.pi))).sum(-1)

# %% right="broadcast_first"
def gaussian_log_prob(x, mean, std):
    x, mean, std = torch.broadcast_tensors(x, mean, std)
    return -0.5 * ((x - mean) / std).pow(2).sum(-1) - std.log().sum(-1) - x.shape[-1] * 0.9189385332046727

# %% right="loop"
def gaussian_log_prob(x, mean, std):
    mean, std = mean.expand(x.shape), std.expand(x.shape)
    total = torch.zeros(x.shape[:-1], dtype=x.dtype)
    for a in range(x.shape[-1]):
        z = (x[..., a] - mean[..., a]) / std[..., a]
        total = total - z * z / 2 - std[..., a].log() - math.log(2 * math.pi) / 2
    return total
