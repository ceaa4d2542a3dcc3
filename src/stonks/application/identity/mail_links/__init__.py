"""What people do by mail: prove an address, sign in, and come back without their password."""
